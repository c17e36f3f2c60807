// Posts a file and keeps the answer in another: go run send_file.go URL CONTENT_TYPE FILE ANSWER
package main

import (
	"io"
	"log"
	"net/http"
	"os"
)

func main() {
	body, err := os.Open(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	response, err := http.Post(os.Args[1], os.Args[2], body)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		log.Fatal(response.Status)
	}
	answer, err := os.Create(os.Args[4])
	if err != nil {
		log.Fatal(err)
	}
	if _, err = io.Copy(answer, response.Body); err != nil {
		log.Fatal(err)
	}
}
